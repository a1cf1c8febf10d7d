/** The peers, used as their experts would use them. Compiled by the Maven profile compare alone. */
package org.lanewise.bench.peer;
