/** How parameters follow their gradients. */
package org.lanewise.nn.optimizer;
