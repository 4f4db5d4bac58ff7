// xdnd_drop WINDOW FILE...: a drag-and-drop source after the XDND protocol, version 5, that drops files in the middle of a
// window as a file manager does. Exit status 0 once the target has said that it took the drop.
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>

#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

namespace {
using Clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(20);
constexpr long protocol_version = 5;

std::string percent_encoded(const std::string& path) {
  std::string encoded;
  for (const unsigned char c : path) {
    const bool plain = std::isalnum(c) != 0 || std::strchr("/-_.~", c) != nullptr;
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", c);
    encoded += plain ? std::string(1, static_cast<char>(c)) : escape;
  }
  return encoded;
}

class DropSource {
 public:
  DropSource(Display* display, Window target, std::string uri_list)
      : display_(display), target_(target), uri_list_(std::move(uri_list)) {
    source_ = XCreateSimpleWindow(display_, DefaultRootWindow(display_), 0, 0, 1, 1, 0, 0, 0);
    XSetSelectionOwner(display_, atom("XdndSelection"), source_, CurrentTime);
  }

  bool drop() {
    const long type = static_cast<long>(atom("text/uri-list"));
    send("XdndEnter", protocol_version << 24, type, 0, 0);
    XWindowAttributes attributes{};
    XGetWindowAttributes(display_, target_, &attributes);
    int x = 0, y = 0;
    Window child = 0;
    XTranslateCoordinates(display_, target_, attributes.root, attributes.width / 2, attributes.height / 2, &x, &y, &child);
    send("XdndPosition", 0, (static_cast<long>(x) << 16) | y, CurrentTime, static_cast<long>(atom("XdndActionCopy")));
    const XClientMessageEvent status = await("XdndStatus");
    if ((status.data.l[1] & 1) == 0) {
      std::fprintf(stderr, "the window does not take the drop\n");
      return false;
    }
    send("XdndDrop", 0, CurrentTime, 0, 0);
    // Bit 0 by the protocol; GLFW 3.3 puts the length of what it took there.
    return await("XdndFinished").data.l[1] != 0;
  }

 private:
  Atom atom(const char* name) const { return XInternAtom(display_, name, False); }

  void send(const char* message, long l1, long l2, long l3, long l4) {
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = target_;
    event.xclient.message_type = atom(message);
    event.xclient.format = 32;
    const long data[5] = {static_cast<long>(source_), l1, l2, l3, l4};
    std::memcpy(event.xclient.data.l, data, sizeof data);
    XSendEvent(display_, target_, False, NoEventMask, &event);
    XFlush(display_);
  }

  /// Waits for a message of the target, handing out the file list when it asks for it.
  XClientMessageEvent await(const char* message) {
    const auto deadline = Clock::now() + patience;
    while (Clock::now() < deadline) {
      if (XPending(display_) == 0) {
        pollfd descriptor{ConnectionNumber(display_), POLLIN, 0};
        poll(&descriptor, 1, 100);
        continue;
      }
      XEvent event;
      XNextEvent(display_, &event);
      if (event.type == SelectionRequest) hand_out(event.xselectionrequest);
      if (event.type == ClientMessage && event.xclient.message_type == atom(message)) return event.xclient;
    }
    std::fprintf(stderr, "no %s within %lld s\n", message, static_cast<long long>(patience.count()));
    std::exit(1);
  }

  void hand_out(const XSelectionRequestEvent& request) {
    XChangeProperty(display_, request.requestor, request.property, request.target, 8, PropModeReplace,
                    reinterpret_cast<const unsigned char*>(uri_list_.data()), static_cast<int>(uri_list_.size()));
    XEvent answer{};
    answer.xselection.type = SelectionNotify;
    answer.xselection.requestor = request.requestor;
    answer.xselection.selection = request.selection;
    answer.xselection.target = request.target;
    answer.xselection.property = request.property;
    answer.xselection.time = request.time;
    XSendEvent(display_, request.requestor, False, NoEventMask, &answer);
    XFlush(display_);
  }

  Display* display_;
  Window target_, source_{};
  std::string uri_list_;
};
}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "use: xdnd_drop WINDOW FILE...\n");
    return 2;
  }
  Display* display = XOpenDisplay(nullptr);
  if (display == nullptr) {
    std::fprintf(stderr, "no X display\n");
    return 1;
  }
  std::string uri_list;
  for (int i = 2; i < argc; ++i)
    uri_list += "file://" + percent_encoded(std::filesystem::absolute(argv[i]).string()) + "\r\n";
  const bool taken = DropSource(display, std::strtoul(argv[1], nullptr, 0), uri_list).drop();
  XCloseDisplay(display);
  return taken ? 0 : 1;
}
