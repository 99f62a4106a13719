using System.Reflection;
using System.Text.Json;
using PromptGen.Hosting;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>A prompt that is evaluated: what it takes and answers, and how it is called. Uses reflection.</summary>
public sealed class EvaluatedPrompt
{
    private readonly MethodInfo _method;
    private readonly AnswerSchema? _answers;

    private EvaluatedPrompt(PromptDefinition definition, MethodInfo method)
    {
        (Definition, _method, Arguments) = (definition, method, new ArgumentBinder(method));
        AnswerType = AnswerTypeOf(method) ?? throw new NotSupportedException($"{definition.Name} returns a stream or a client; prompts that return one answer can be evaluated.");
        _answers = AnswerSchema.ContractOf(definition) is { } contract ? new AnswerSchema(contract.Schema, contract.IsWrapped) : null;
    }

    /// <summary>The name of the prompt.</summary>
    public string Name => Definition.Name;

    /// <summary>The version of the prompt and of all that it calls: eight hexadecimal digits.</summary>
    public string Version => Definition.FullVersion;

    /// <summary>The models that its route can reach, as declared.</summary>
    public IReadOnlyList<string> Models => [.. Definition.Models.Select(static model => model.Id).Distinct(StringComparer.Ordinal)];

    internal PromptDefinition Definition { get; }

    internal ArgumentBinder Arguments { get; }

    /// <summary>What the answer is, without <see cref="Task{TResult}"/> and <see cref="PromptResult{T}"/>.</summary>
    internal Type AnswerType { get; }

    /// <summary>The prompt of a method.</summary>
    /// <typeparam name="TClient">The class that declares the prompt.</typeparam>
    /// <param name="method">The name of the method, such as <c>nameof(SupportDesk.TriageAsync)</c>.</param>
    /// <returns>The prompt.</returns>
    /// <exception cref="ArgumentException">The class has no such prompt.</exception>
    /// <exception cref="NotSupportedException">The prompt returns a stream or a client.</exception>
    public static EvaluatedPrompt Of<TClient>(string method)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var found = typeof(TClient).GetMethods(All).FirstOrDefault(candidate => candidate.Name == method && candidate.IsDefined(typeof(RoutedPromptAttribute)))
            ?? throw new ArgumentException($"{typeof(TClient).Name} has no prompt '{method}'.", nameof(method));
        var name = NameOf(found);
        return Of(
            ManifestOf(typeof(TClient).Assembly)?.Prompts.FirstOrDefault(prompt => prompt.Name == name) ?? throw new ArgumentException($"The manifest of {typeof(TClient).Assembly.GetName().Name} has no prompt '{name}'.", nameof(method)),
            found);
    }

    /// <summary>What is wrong with the items of a set: inputs that are not the prompt's parameters, and expected values that its contract does not allow. Nothing is asked for this.</summary>
    /// <param name="set">The set.</param>
    /// <returns>A line for each fault, with file and line of the item; empty where the set suits the prompt.</returns>
    public IReadOnlyList<string> Check(EvaluationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return PromptSchemas.Faults(set, Arguments.Check, _answers);
    }

    /// <summary>The manifest that the compiler wrote; null where an assembly has none.</summary>
    internal static PromptManifest? ManifestOf(Assembly assembly) => assembly.GetType("PromptGen.Generated.Manifest")?.GetField("Instance")?.GetValue(null) as PromptManifest;

    /// <summary>A prompt and all that it calls, each once.</summary>
    internal static IEnumerable<PromptDefinition> WithCalled(PromptDefinition prompt)
    {
        var (known, left) = (new HashSet<PromptDefinition> { prompt }, new Queue<PromptDefinition>([prompt]));
        while (left.TryDequeue(out var next))
        {
            yield return next;
            foreach (var child in (next.Children?.Invoke() ?? []).Where(known.Add))
            {
                left.Enqueue(child);
            }
        }
    }

    /// <summary>The name that a prompt of a method has.</summary>
    internal static string NameOf(MethodInfo method) => method.GetCustomAttribute<RoutedPromptAttribute>()?.Name ?? $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>Whether the prompt of a method returns one answer, and not a stream or a client.</summary>
    internal static bool CanEvaluate(MethodInfo method) => AnswerTypeOf(method) is not null;

    /// <exception cref="NotSupportedException">The prompt returns a stream or a client.</exception>
    internal static EvaluatedPrompt Of(PromptDefinition definition, MethodInfo method) => new(definition, method);

    /// <summary>Makes an object that has the prompt.</summary>
    /// <exception cref="NotSupportedException">Its class needs more than a runtime.</exception>
    internal object? CreateClient(PromptRuntime runtime)
    {
        if (_method.IsStatic)
        {
            return null;
        }

        var constructor = _method.DeclaringType!.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(static candidate => candidate.GetParameters() is [{ ParameterType: var type }] && type == typeof(PromptRuntime));
        return constructor?.Invoke([runtime]) ?? throw new NotSupportedException($"{_method.DeclaringType.Name} has a constructor of its own: pass an object to EvaluationArm.");
    }

    /// <summary>Whether an option names the model of a call, so that models outside of the route can be asked.</summary>
    internal bool Accepts(string model) => Arguments.HasOptions && Definition.Choices.Any(step => step.Models.Any(choice => choice.Id == model));

    /// <summary>Whether repeats of a call would get the answer that the first one has kept.</summary>
    internal bool KeepsAnswers => Definition.CacheFor is not null && !Arguments.HasOptions;

    /// <summary>The tokens that an answer has at most; null where nothing limits it.</summary>
    internal int? LongestAnswer => Definition.MaxOutputTokens ?? (Definition.Models.Any(static model => model.MaxOutputTokens is null) ? null : Definition.Models.Max(static model => model.MaxOutputTokens));

    /// <summary>Calls the prompt. Answers that <see cref="CachedAttribute"/> keeps are not used.</summary>
    /// <returns>The answer.</returns>
    internal async Task<object?> CallAsync(object? client, EvaluationItem item, string? model, CancellationToken cancellationToken)
    {
        var returned = _method.Invoke(client, BindingFlags.DoNotWrapExceptions, null, Arguments.Bind(item, new PromptOptions { Model = model, Cache = CacheMode.Off }, cancellationToken), null)!;
        var task = returned as Task ?? (Task)returned.GetType().GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(returned, null)!;
        await task.ConfigureAwait(false);
        var value = task.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(task);
        return value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(PromptResult<>) ? type.GetProperty(nameof(PromptResult<int>.Value))!.GetValue(value) : value;
    }

    /// <summary>An answer in the form in which answers are compared with expected values.</summary>
    internal string TextOf(object? answer) => answer as string ?? EvaluationJson.TextOf(JsonSerializer.SerializeToElement(answer, AnswerType, EvaluationJson.Options));

    private static Type? AnswerTypeOf(MethodInfo method)
    {
        if (method.ReturnType is not { IsGenericType: true } task || (task.GetGenericTypeDefinition() != typeof(Task<>) && task.GetGenericTypeDefinition() != typeof(ValueTask<>)))
        {
            return null;
        }

        var answer = task.GetGenericArguments()[0];
        return answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(PromptResult<>) ? answer.GetGenericArguments()[0] : answer;
    }
}
