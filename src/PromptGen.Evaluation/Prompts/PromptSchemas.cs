using System.Reflection;
using System.Text.Json;
using Json.Schema;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>The JSON Schemas of a prompt: what a set is checked against where the assembly is not available.</summary>
/// <param name="Inputs">Those of its parameters.</param>
/// <param name="Answer">That of its contract; null = its answer is text.</param>
/// <param name="AnswerWrapped">Whether the contract is an object whose member <c>value</c> is the answer.</param>
internal sealed record PromptSchemas(IReadOnlyList<InputSchema> Inputs, JsonElement? Answer = null, bool AnswerWrapped = false)
{
    /// <summary>The schemas of a prompt; null where it returns a stream or a client, and cannot be evaluated.</summary>
    public static PromptSchemas? Of(PromptDefinition definition, MethodInfo method)
    {
        if (!EvaluatedPrompt.CanEvaluate(method))
        {
            return null;
        }

        var contract = AnswerSchema.ContractOf(definition);
        return new([.. new ArgumentBinder(method).Inputs.Select(static input => InputSchema.Of(input.Parameter, input.IsNullable))], contract?.Schema, contract?.IsWrapped ?? false);
    }

    /// <summary>What is wrong with the items of a set.</summary>
    /// <returns>A line for each fault, with file and line of the item; empty where the set suits the prompt.</returns>
    /// <exception cref="JsonException">A schema is none.</exception>
    public IReadOnlyList<string> Check(EvaluationSet set)
    {
        var schemas = Inputs.Select(static input => JsonSchema.FromText(input.Schema.GetRawText())).ToArray();
        InputParameter[] parameters = [.. Inputs.Select(static input => new InputParameter(input.Name, input.Required))];
        return Faults(
            set,
            item => InputParameter.Check(item, parameters, (i, input) => InputSchema.ProblemOf(item, parameters[i].Name, schemas[i], input)),
            Answer is { } answer ? new AnswerSchema(answer, AnswerWrapped) : null);
    }

    /// <summary>What is wrong with the items of a set, by file and line.</summary>
    public static IReadOnlyList<string> Faults(EvaluationSet set, Func<EvaluationItem, IEnumerable<string>> inputs, AnswerSchema? answers) =>
        set.Faults(item => inputs(item).Concat(item.Expected is { } expected && answers is not null ? answers.Check(expected) : []));
}
