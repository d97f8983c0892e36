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

std::vector<Kernels> everyKernels()
{
    kernels(); // what is chosen for good shall not be one of these
    std::vector<Kernels> all;
    const std::int64_t supported = hwy::SupportedTargets();
    for (std::int64_t rest = supported; rest != 0; rest &= rest - 1) {
        hwy::SetSupportedTargetsForTest(rest & -rest);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
        const Kernels one = HWY_DYNAMIC_DISPATCH(table)();
        if (all.empty() || all.back().matmul != one.matmul) all.push_back(one);
    }
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    return all;
}

} // namespace kvscope::llm
#endif
