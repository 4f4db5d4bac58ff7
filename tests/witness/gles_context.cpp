#include "gles_context.h"

#include <EGL/eglext.h>
#include <fmt/format.h>

#include <stdexcept>
#include <vector>

namespace txs::witness {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error("OpenGL ES: " + what); }

GLuint make_shader(GLenum stage, const char* source) {
  const GLuint shader = glCreateShader(stage);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint good = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  if (good == GL_TRUE) return shader;
  std::string log(4096, '\0');
  GLsizei length = 0;
  glGetShaderInfoLog(shader, GLsizei(log.size()), &length, log.data());
  fail(log.substr(0, std::size_t(length)));
}

}  // namespace

GlesContext::GlesContext() {
  const auto display_of =
      reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
  if (display_of == nullptr) fail("EGL has no platforms; libegl-mesa0 is needed");
  display_ = display_of(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  if (display_ == EGL_NO_DISPLAY) fail("EGL has no surfaceless platform; libegl-mesa0 is needed");
  if (eglInitialize(display_, nullptr, nullptr) == EGL_FALSE) fail("EGL does not start; libgl1-mesa-dri is needed");
  eglBindAPI(EGL_OPENGL_ES_API);
  const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_ES3_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint configs = 0;
  if (eglChooseConfig(display_, wanted, &config, 1, &configs) == EGL_FALSE || configs == 0) fail("EGL has no config for it");
  const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 3, EGL_NONE};
  context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
  if (context_ == EGL_NO_CONTEXT) fail("EGL makes no context of version 3");
  if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_FALSE)
    fail("a context without a surface cannot be made current");
}

GlesContext::~GlesContext() {
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext(display_, context_);
  eglTerminate(display_);
}

std::string GlesContext::renderer() const { return reinterpret_cast<const char*>(glGetString(GL_RENDERER)); }
std::string GlesContext::version() const { return reinterpret_cast<const char*>(glGetString(GL_VERSION)); }

bool GlesContext::has(const std::string& extension) const {
  GLint count = 0;
  glGetIntegerv(GL_NUM_EXTENSIONS, &count);
  for (GLint i = 0; i < count; ++i)
    if (extension == reinterpret_cast<const char*>(glGetStringi(GL_EXTENSIONS, GLuint(i)))) return true;
  return false;
}

void check_gles(const char* after) {
  if (const GLenum error = glGetError(); error != GL_NO_ERROR) fail(fmt::format("error {:#x} after {}", error, after));
}

GLuint make_program(const char* vertex, const char* fragment) {
  const GLuint program = glCreateProgram();
  glAttachShader(program, make_shader(GL_VERTEX_SHADER, vertex));
  glAttachShader(program, make_shader(GL_FRAGMENT_SHADER, fragment));
  glLinkProgram(program);
  GLint good = GL_FALSE;
  glGetProgramiv(program, GL_LINK_STATUS, &good);
  if (good != GL_TRUE) fail("a program does not link");
  return program;
}

}  // namespace txs::witness
