/// Running a project: steps over one branch of the lake, and one publish at the end.
@NullMarked
package dev.tarn.app.run;

import org.jspecify.annotations.NullMarked;
