// modelFile: loading.
#include "core/labrun/modelfile.h"

#include "core/config/paths.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Chatbot)
};

} // namespace

QString ModelFile::name() const
{
    return QFileInfo(path.isEmpty() ? shippedModelPath() : path).fileName();
}

Result<std::shared_ptr<const llm::Model>> modelOf(const ModelFile &file)
{
    if (file.model) return file.model;
    const QString path = file.path.isEmpty() ? shippedModelPath() : file.path;
    if (path.isEmpty())
        return failure(ErrorCode::LabFailed, {Words::tr("no language model came with this build")});
    auto model = llm::Model::load(path.toStdString());
    if (!model) return failure(errorOf(model.error(), path));
    return *model;
}

} // namespace kvscope
