// BindingDesk: each question to the lane it belongs to.
#include "core/binding/bindingdesk.h"

namespace kvscope {

using Keep = QuestionLane::Keep;
using Stop = std::stop_token;

BindingDesk::BindingDesk(BindingFolder folder, std::chrono::milliseconds keepOpen)
    : m_folder(std::move(folder)), m_finder(std::make_shared<RowFinder>()),
      m_sources({.atEnd = QuestionLane::AtEnd::Leave,
                 .rest = [finder = m_finder] { finder->close(); },
                 .idleAfter = keepOpen}),
      m_files({})
{}

void BindingDesk::sketch(QString url, QString folder, Callback<SourceSketch> done)
{
    m_sources.ask<SourceSketch>(Sketch, Keep::No, std::move(done),
                                [url = std::move(url), folder = std::move(folder)](
                                    const Stop &stop) { return sketchSource(url, folder, stop); });
}

void BindingDesk::sample(QString url, QString folder, SourceTable table, std::size_t rows,
                         Callback<BindingPreview> done)
{
    m_sources.ask<BindingPreview>(
        Sample, Keep::No, std::move(done),
        [url = std::move(url), folder = std::move(folder), table = std::move(table),
         rows](const Stop &stop) { return sampleRows(url, folder, table, rows, stop); });
}

void BindingDesk::preview(Binding binding, QString sourceUrl, std::size_t rows,
                          Callback<BindingPreview> done)
{
    m_sources.ask<BindingPreview>(
        Preview, Keep::No, std::move(done),
        [binding = std::move(binding), sourceUrl = std::move(sourceUrl), rows](const Stop &stop) {
            return previewBinding(binding, sourceUrl, rows, stop);
        });
}

void BindingDesk::findRow(Binding binding, QString sourceUrl, Bytes key,
                          Callback<BindingPreview> done)
{
    m_sources.ask<BindingPreview>(Row, Keep::No, std::move(done),
                                  [finder = m_finder, binding = std::move(binding),
                                   sourceUrl = std::move(sourceUrl),
                                   key = std::move(key)](const Stop &stop) {
                                      return finder->find(binding, sourceUrl, key, stop);
                                  });
}

void BindingDesk::list(Callback<std::vector<ListedFile>> done)
{
    m_files.ask<std::vector<ListedFile>>(
        List, Keep::No, std::move(done),
        [this](const Stop &) -> Result<std::vector<ListedFile>> { return m_folder.load(); });
}

void BindingDesk::save(BindingFile file, Callback<bool> done)
{
    m_files.ask<bool>(Change, Keep::Always, std::move(done),
                      [file = std::move(file)](const Stop &) { return file.save(); });
}

void BindingDesk::addOpened(QString path, Callback<bool> done)
{
    m_files.ask<bool>(
        Change, Keep::Always, std::move(done),
        [this, path = std::move(path)](const Stop &) { return m_folder.addOpened(path); });
}

void BindingDesk::forgetOpened(QString path, Callback<bool> done)
{
    m_files.ask<bool>(
        Change, Keep::Always, std::move(done),
        [this, path = std::move(path)](const Stop &) { return m_folder.forgetOpened(path); });
}

} // namespace kvscope
