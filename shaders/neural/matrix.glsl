// Matrices that a subgroup holds together: VK_NV_cooperative_matrix.
#pragma use_vulkan_memory_model
#extension GL_KHR_memory_scope_semantics : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_NV_cooperative_matrix : require
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#extension GL_EXT_control_flow_attributes : require

#define Halves fcoopmatNV<16, gl_ScopeSubgroup, 16, 16>
#define Sums fcoopmatNV<32, gl_ScopeSubgroup, 16, 16>
