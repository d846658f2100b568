// The header is C++17 too, and its functions are those of C.
#include <asa_failover.h>

#include <cstring>
#include <type_traits>

static_assert(std::is_trivial_v<asaf_str> && std::is_standard_layout_v<asaf_str>);
static_assert(std::is_trivial_v<asaf_ssh> && std::is_standard_layout_v<asaf_ssh>);
static_assert(std::is_standard_layout_v<asaf_action>);

int main() {
    asaf_version version{};
    if (asaf_version_parse(asaf_str_of("9.16(4)57"), &version, nullptr) != ASAF_STATUS_OK) {
        return 1;
    }
    return asaf_abi_version() == ASAF_ABI_VERSION && version.interim == 57 ? 0 : 1;
}
