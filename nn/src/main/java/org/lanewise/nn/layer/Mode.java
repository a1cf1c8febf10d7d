package org.lanewise.nn.layer;

/** What a network is recorded for; layers that differ between the two say how. */
public enum Mode {
  /** Training: batch statistics are used and gathered. */
  TRAINING,
  /** Inference: what was gathered in training is used. */
  INFERENCE
}
