/** How parameters are drawn before training. */
package org.lanewise.nn.initializer;
