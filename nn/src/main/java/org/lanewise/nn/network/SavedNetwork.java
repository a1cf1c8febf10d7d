package org.lanewise.nn.network;

/**
 * A saved network.
 *
 * @param network the description
 * @param parameters the parameters
 */
public record SavedNetwork(Network network, Parameters parameters) {}
