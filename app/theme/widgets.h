#pragma once
#include <imgui.h>

#include <string_view>

#include "theme/icons.h"
#include "theme/theme.h"

namespace txs::app {

/// Small things that every panel uses, so that all look alike.

void caption(std::string_view text);                            ///< a line in the small dim font
void caption(std::string_view text, ImU32 colour);
void heading(std::string_view text);                            ///< a panel's title, medium weight, with a line below
void tooltip(std::string_view text);                            ///< of the item before, wrapped, after a short rest
/// Aligned to the right edge of the cell or content.
void text_right(std::string_view text, ImU32 colour = colour::text);

/// Buttons. `active` shows a chosen state in the accent. True when pressed.
bool icon_button(const char* id, Icon icon, std::string_view help, bool active = false);
bool icon_text_button(const char* label, Icon icon, std::string_view help, bool active = false);
/// A word in the small font that is one of several to choose from, on the current line; the chosen one is underlined.
bool text_tab(const char* label, bool active, std::string_view help);
/// A word in the small font that does something when it is clicked.
bool text_button(const char* label, std::string_view help);
bool toggle_button(const char* label, bool active, std::string_view help);

}  // namespace txs::app
