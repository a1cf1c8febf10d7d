/** Normalization layers, and their folding into the dense layers before them. */
package org.lanewise.nn.normalization;
