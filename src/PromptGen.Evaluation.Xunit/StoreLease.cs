namespace PromptGen.Evaluation;

/// <summary>The store of a test, which tests that run at the same time share. One that is not kept is the test's own.</summary>
internal sealed class StoreLease : IAsyncDisposable
{
    private static readonly Dictionary<string, (EvaluationStore Store, int Users)> s_open = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly bool _isKept;

    private StoreLease(string path, bool isKept, EvaluationStore store) => (_path, _isKept, Store) = (path, isKept, store);

    public EvaluationStore Store { get; }

    public static StoreLease Open(PromptEvalAttribute declared)
    {
        if (!declared.KeepResults)
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("promptgen-").FullName, "eval.db");
            return new(file, isKept: false, EvaluationStore.Open(file));
        }

        var path = TestFiles.Below(declared.Store ?? (Environment.GetEnvironmentVariable("PROMPTGEN_EVAL_STORE") is { Length: > 0 } chosen ? chosen : "promptgen-eval.db"));
        lock (s_open)
        {
            var (store, users) = s_open.TryGetValue(path, out var open) ? open : (EvaluationStore.Open(path), 0);
            s_open[path] = (store, users + 1);
            return new(path, isKept: true, store);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsLast())
        {
            await Store.DisposeAsync().ConfigureAwait(false);
        }

        if (!_isKept)
        {
            Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        }
    }

    private bool IsLast()
    {
        if (!_isKept)
        {
            return true;
        }

        lock (s_open)
        {
            var (store, users) = s_open[_path];
            if (users > 1)
            {
                s_open[_path] = (store, users - 1);
                return false;
            }

            return s_open.Remove(_path);
        }
    }
}
