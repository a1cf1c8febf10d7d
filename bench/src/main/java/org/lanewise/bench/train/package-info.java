/** The demonstration job: its images, its command line and its report. */
package org.lanewise.bench.train;
