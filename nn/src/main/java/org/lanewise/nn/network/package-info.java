/**
 * Networks: a {@link org.lanewise.nn.network.Network} describes, {@link
 * org.lanewise.nn.network.Parameters} hold what is learned, by name.
 */
package org.lanewise.nn.network;
