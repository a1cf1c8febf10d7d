/** The elementwise functions: the vector function of each operation, and its loop. */
package org.lanewise.engine.elementwise;
