/** {@link org.lanewise.nn.Layers}: the layers, by the names that networks are written with. */
package org.lanewise.nn;
