// modelFile: the model that a job works with: at hand already, or loaded on the job's thread.
#pragma once

#include "core/async/result.h"
#include "core/llm/model.h"

#include <QString>

#include <memory>

namespace kvscope {

struct ModelFile
{
    std::shared_ptr<const llm::Model> model{}; ///< null: it is loaded
    QString path{};                            ///< empty: the shipped one

    /// What runs call it: the file's name.
    QString name() const;
};

/// Blocking. FileUnreadable, ModelUnusable; LabFailed where none is shipped.
Result<std::shared_ptr<const llm::Model>> modelOf(const ModelFile &file);

} // namespace kvscope
