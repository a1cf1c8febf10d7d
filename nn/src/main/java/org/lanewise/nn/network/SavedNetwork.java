package org.lanewise.nn.network;

/**
 * What a network was saved with.
 *
 * @param network the description
 * @param parameters the parameters
 */
public record SavedNetwork(Network network, Parameters parameters) {}
