/** How the learning rate and the momentum change while a network is trained. */
package org.lanewise.nn.schedule;
