/** What training makes small, and what it reports beside it. */
package org.lanewise.nn.loss;
