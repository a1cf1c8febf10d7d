/** Layers that make noise in training: dropout and its relatives. */
package org.lanewise.nn.noise;
