/**
 * Training: a {@link org.lanewise.nn.training.Training} describes, a {@link
 * org.lanewise.nn.training.Trainer} carries it out on a {@link org.lanewise.nn.training.DataSet}.
 */
package org.lanewise.nn.training;
