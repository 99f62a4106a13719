using System.Reflection;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>Calls a method of an assembly that says how right an answer is, whatever of its arguments it takes and however it gives a score.</summary>
internal static class MethodCall
{
    private static readonly Type[] s_scores = [typeof(bool), typeof(double), typeof(float), typeof(decimal), typeof(int), typeof(MetricOutcome)];

    /// <summary>The signatures that a method may have.</summary>
    public const string Signatures = "(answer), (answer, expected) or (answer, expected, EvaluationItem), each also with a CancellationToken, that gives a bool, a number or a MetricOutcome, or a Task or ValueTask of one";

    /// <summary>The metric of a method; null where its signature is another one.</summary>
    /// <param name="name">The name of the metric.</param>
    /// <param name="method">The method.</param>
    public static MethodMetric? TryMake(string name, MethodInfo method)
    {
        var parameters = method.GetParameters();
        var values = parameters.Where(static parameter => !IsOfRun(parameter.ParameterType)).ToArray();
        return values.Length is 1 or 2 && parameters.Take(values.Length).SequenceEqual(values) && s_scores.Contains(ScoreTypeOf(method.ReturnType)) && !method.ContainsGenericParameters
            ? new MethodMetric(name, method, values[0].ParameterType, values.Length == 2 ? values[1].ParameterType : typeof(void), (answer, expected, item, token) => CallAsync(method, parameters, answer, expected, item, token))
            : null;
    }

    private static bool IsOfRun(Type type) => type == typeof(EvaluationItem) || type == typeof(CancellationToken);

    private static Type ScoreTypeOf(Type returned) => returned is { IsGenericType: true } task && (task.GetGenericTypeDefinition() == typeof(Task<>) || task.GetGenericTypeDefinition() == typeof(ValueTask<>))
        ? task.GetGenericArguments()[0]
        : returned;

    private static async ValueTask<MetricOutcome> CallAsync(MethodInfo method, ParameterInfo[] parameters, object? answer, object? expected, EvaluationItem item, CancellationToken cancellationToken)
    {
        object?[] arguments =
        [
            .. parameters.Select((parameter, place) => parameter.ParameterType == typeof(EvaluationItem) ? item
                : parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
                : place == 0 ? answer
                : expected),
        ];
        var given = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        var task = given as Task ?? (given.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? (Task)type.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(given, null)! : null);
        if (task is not null)
        {
            await task.ConfigureAwait(false);
            given = task.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(task)!;
        }

        return given is MetricOutcome outcome ? outcome : ScoreRule.Share.Of(given);
    }
}
