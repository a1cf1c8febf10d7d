/** Reductions: in which order elements are combined, and the positions of the largest. */
package org.lanewise.engine.reduction;
