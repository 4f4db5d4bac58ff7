// Passes over all grids at once have a table of what each workgroup does: a texel of four words.
// Needs `works`. Workgroups beyond 65535 stand in further rows.
uvec4 my_work() { return texelFetch(works, int(gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x)); }
