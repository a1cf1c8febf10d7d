/** Ours and the peers, side by side: the same work on the same data and cores. */
package org.lanewise.bench.compare;
