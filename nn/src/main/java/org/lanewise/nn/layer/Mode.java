package org.lanewise.nn.layer;

/** The purpose that a network is recorded for; layers that differ between the two say how. */
public enum Mode {
  /** Training: batch statistics are used and gathered. */
  TRAINING,
  /** Inference: the statistics gathered in training are used. */
  INFERENCE
}
