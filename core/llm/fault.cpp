// Fault: its plain text.
#include "core/llm/fault.h"

namespace kvscope::llm {
namespace {

const char *nameOf(FaultCode code)
{
    switch (code) {
    case FaultCode::FileUnreadable:
        return "file unreadable";
    case FaultCode::NotAModelFile:
        return "not a GGUF file";
    case FaultCode::FileBroken:
        return "file broken";
    case FaultCode::FormatUnknown:
        return "format unknown";
    case FaultCode::KeyMissing:
        return "metadata key missing";
    case FaultCode::KeyInvalid:
        return "metadata key invalid";
    case FaultCode::TensorMissing:
        return "tensor missing";
    case FaultCode::TensorTypeUnknown:
        return "tensor type not supported";
    case FaultCode::TensorShapeWrong:
        return "tensor shape wrong";
    case FaultCode::TokenInvalid:
        return "token invalid";
    case FaultCode::ContextFull:
        return "context full";
    case FaultCode::CacheMismatch:
        return "cache does not match";
    case FaultCode::OptionInvalid:
        return "option invalid";
    case FaultCode::OutOfMemory:
        return "out of memory";
    }
    return "fault";
}

} // namespace

std::string describe(const Fault &fault)
{
    std::string text = nameOf(fault.code);
    for (std::size_t i = 0; i < fault.parameters.size(); ++i)
        text += (i == 0 ? ": " : ", ") + fault.parameters[i];
    return text;
}

} // namespace kvscope::llm
