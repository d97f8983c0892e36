// BindingDesk: a queue and its thread.
#include "core/binding/bindingdesk.h"

namespace kvscope {

BindingDesk::BindingDesk(BindingFolder folder)
    : m_folder(std::move(folder)), m_thread([this](const std::stop_token &ending) { work(ending); })
{}

BindingDesk::~BindingDesk()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_thread.request_stop();
        if (m_runningKind != Kind::Change) m_running.request_stop();
    }
    m_thread.join();
    for (const Question &question : m_questions) question.cancel();
}

void BindingDesk::put(Question question)
{
    std::vector<Question> replaced;
    {
        const std::scoped_lock lock(m_mutex);
        if (question.kind != Kind::Change) {
            for (auto it = m_questions.begin(); it != m_questions.end();) {
                if (it->kind != question.kind) {
                    ++it;
                    continue;
                }
                replaced.push_back(std::move(*it));
                it = m_questions.erase(it);
            }
            if (m_runningKind == question.kind) m_running.request_stop();
        }
        m_questions.push_back(std::move(question));
    }
    m_wake.notify_one();
    for (const Question &old : replaced) old.cancel();
}

void BindingDesk::work(const std::stop_token &ending)
{
    while (true) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, ending, [this] { return !m_questions.empty(); })) return;
        // What was to be saved is saved, whatever else is given up.
        if (ending.stop_requested() && m_questions.front().kind != Kind::Change) return;
        const Question question = std::move(m_questions.front());
        m_questions.pop_front();
        m_runningKind = question.kind;
        m_running = std::stop_source();
        const std::stop_token stop = m_running.get_token();
        lock.unlock();
        question.answer(stop);
        lock.lock();
        m_runningKind.reset();
    }
}

template<class T, class Work>
void BindingDesk::ask(Kind kind, Callback<T> done, Work work)
{
    put({kind,
         [done, work = std::move(work)](const std::stop_token &stop) {
             Result<T> answer = work(stop);
             // An answer that came all the same would show what is no longer asked for.
             done(stop.stop_requested() ? Result<T>(failure(ErrorCode::Cancelled))
                                        : std::move(answer));
         },
         [done] { done(failure(ErrorCode::Cancelled)); }});
}

void BindingDesk::sketch(QString url, QString folder, Callback<SourceSketch> done)
{
    ask<SourceSketch>(Kind::Sketch, std::move(done),
                      [url = std::move(url), folder = std::move(folder)](
                          const std::stop_token &stop) { return sketchSource(url, folder, stop); });
}

void BindingDesk::sample(QString url, QString folder, SourceTable table, std::size_t rows,
                         Callback<BindingPreview> done)
{
    ask<BindingPreview>(
        Kind::Sample, std::move(done),
        [url = std::move(url), folder = std::move(folder), table = std::move(table),
         rows](const std::stop_token &stop) { return sampleRows(url, folder, table, rows, stop); });
}

void BindingDesk::preview(Binding binding, QString sourceUrl, std::size_t rows,
                          Callback<BindingPreview> done)
{
    ask<BindingPreview>(Kind::Preview, std::move(done),
                        [binding = std::move(binding), sourceUrl = std::move(sourceUrl),
                         rows](const std::stop_token &stop) {
                            return previewBinding(binding, sourceUrl, rows, stop);
                        });
}

void BindingDesk::findRow(Binding binding, QString sourceUrl, Bytes key,
                          Callback<BindingPreview> done)
{
    ask<BindingPreview>(Kind::Row, std::move(done),
                        [binding = std::move(binding), sourceUrl = std::move(sourceUrl),
                         key = std::move(key)](const std::stop_token &stop) {
                            return findRowOf(binding, sourceUrl, key, stop);
                        });
}

void BindingDesk::list(Callback<std::vector<ListedFile>> done)
{
    ask<std::vector<ListedFile>>(
        Kind::List, std::move(done),
        [this](const std::stop_token &) -> Result<std::vector<ListedFile>> {
            return m_folder.load();
        });
}

void BindingDesk::save(BindingFile file, Callback<bool> done)
{
    ask<bool>(Kind::Change, std::move(done),
              [file = std::move(file)](const std::stop_token &) { return file.save(); });
}

void BindingDesk::addOpened(QString path, Callback<bool> done)
{
    ask<bool>(Kind::Change, std::move(done),
              [this, path = std::move(path)](const std::stop_token &) {
                  return m_folder.addOpened(path);
              });
}

void BindingDesk::forgetOpened(QString path, Callback<bool> done)
{
    ask<bool>(Kind::Change, std::move(done),
              [this, path = std::move(path)](const std::stop_token &) {
                  return m_folder.forgetOpened(path);
              });
}

} // namespace kvscope
