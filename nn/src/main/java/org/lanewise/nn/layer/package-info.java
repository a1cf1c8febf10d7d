/**
 * Layers: records that describe what is computed, with parameters and statistics that live
 * elsewhere, by name.
 *
 * <p>{@link org.lanewise.nn.Layers} is where to find them.
 */
package org.lanewise.nn.layer;
