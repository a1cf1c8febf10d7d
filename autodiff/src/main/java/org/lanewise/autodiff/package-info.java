/**
 * Reverse-mode automatic differentiation: a {@link org.lanewise.autodiff.Tape} records operations
 * on {@link org.lanewise.autodiff.Variable variables}; gradients are recorded on the same tape and
 * can be differentiated again. A {@link org.lanewise.autodiff.GradientCheck} compares them with
 * finite differences.
 */
package org.lanewise.autodiff;
