// kvFault: the sentences.
#include "core/store/kvfault.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::KvFault)
};

QString reasonOf(const llm::Fault &fault)
{
    using llm::FaultCode;
    const auto p = [&](std::size_t i) {
        return i < fault.parameters.size() ? QString::fromStdString(fault.parameters[i])
                                           : QString();
    };
    switch (fault.code) {
    case FaultCode::NotAModelFile:
        return Sentences::tr("it is not a GGUF file");
    case FaultCode::FileBroken:
        return Sentences::tr("it is damaged at %1 (%2)").arg(p(0), p(1));
    case FaultCode::FormatUnknown:
        return Sentences::tr("its %1 is “%2”, which is not supported").arg(p(0), p(1));
    case FaultCode::KeyMissing:
        return Sentences::tr("it does not say %1").arg(p(0));
    case FaultCode::KeyInvalid:
        return Sentences::tr("its %1 can't be %2").arg(p(0), p(1));
    case FaultCode::TensorMissing:
        return Sentences::tr("the tensor %1 is not in it").arg(p(0));
    case FaultCode::TensorTypeUnknown:
        return Sentences::tr("the tensor %1 is %2, which is not supported").arg(p(0), p(1));
    case FaultCode::TensorShapeWrong:
        return Sentences::tr("the tensor %1 is %2 where %3 is needed").arg(p(0), p(1), p(2));
    case FaultCode::TokenInvalid:
        return Sentences::tr("%1 is not a token: the vocabulary has %2").arg(p(0), p(1));
    case FaultCode::ContextFull:
        return Sentences::tr("its context holds %1 tokens and is full").arg(p(0));
    case FaultCode::CacheMismatch:
        return Sentences::tr("the saved cache is of another %1").arg(p(0));
    case FaultCode::OptionInvalid:
        return Sentences::tr("“%1” is not understood, only %2").arg(p(0), p(1));
    case FaultCode::OutOfMemory:
        return Sentences::tr("%1 bytes of memory could not be had").arg(p(0));
    case FaultCode::FileUnreadable:
        break;
    }
    return QString::fromStdString(describe(fault));
}

} // namespace

Error errorOf(const llm::Fault &fault, const QString &model)
{
    using llm::FaultCode;
    switch (fault.code) {
    case FaultCode::FileUnreadable:
        return Error(ErrorCode::FileUnreadable, {QString::fromStdString(fault.parameters.front()),
                                                 QString::fromStdString(fault.parameters.back())});
    case FaultCode::OptionInvalid:
    case FaultCode::TokenInvalid:
        return Error(ErrorCode::WrongUsage, {reasonOf(fault)});
    case FaultCode::ContextFull:
    case FaultCode::CacheMismatch:
    case FaultCode::OutOfMemory:
        return Error(ErrorCode::LabFailed, {reasonOf(fault)});
    default:
        return Error(ErrorCode::ModelUnusable, {model, reasonOf(fault)});
    }
}

} // namespace kvscope
