/** Tensors in files of the safetensors format. */
package org.lanewise.nn.safetensors;
