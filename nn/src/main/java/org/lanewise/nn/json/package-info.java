/** Just enough JSON for the files that networks are saved in. */
package org.lanewise.nn.json;
