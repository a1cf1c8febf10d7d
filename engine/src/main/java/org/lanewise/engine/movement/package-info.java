/** Movement: transposing, slicing, padding, joining and gathering, which compute nothing. */
package org.lanewise.engine.movement;
