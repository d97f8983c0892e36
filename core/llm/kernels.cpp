// Kernels: one source, compiled by Highway for each instruction set (kernels.h says why so).
#include "core/llm/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/llm/kernels.cpp" // foreach_target.h includes this file again
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/llm/kernels-inl.h"

#if HWY_ONCE
namespace kvscope::llm {
HWY_EXPORT(table);

const Kernels &kernels()
{
    static const Kernels chosen = HWY_DYNAMIC_DISPATCH(table)();
    return chosen;
}

} // namespace kvscope::llm
#endif
