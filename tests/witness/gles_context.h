#pragma once
#include <EGL/egl.h>
#include <GLES3/gl32.h>

#include <string>

namespace txs::witness {

/// An OpenGL ES 3 context without a window, current on the thread that made it. Throws std::runtime_error where there
/// is none.
class GlesContext {
 public:
  GlesContext();
  ~GlesContext();
  GlesContext(const GlesContext&) = delete;
  GlesContext& operator=(const GlesContext&) = delete;

  std::string renderer() const;  ///< "llvmpipe (LLVM 15.0.6, 256 bits)"
  std::string version() const;   ///< "OpenGL ES 3.2 Mesa 22.3.6"
  bool has(const std::string& extension) const;

 private:
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
};

/// Throws std::runtime_error if OpenGL ES has met an error since it was last asked.
void check_gles(const char* after);

/// Compiles and links, or throws std::runtime_error with the log.
GLuint make_program(const char* vertex, const char* fragment);

}  // namespace txs::witness
