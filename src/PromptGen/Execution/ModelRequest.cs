using Microsoft.Extensions.AI;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Streaming;

namespace PromptGen.Execution;

/// <summary>
/// What is sent to a model. Rendered anew for every attempt: a client may change the messages and options that it is handed, and rendering
/// costs no more than copying.
/// </summary>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
/// <param name="EstimatedTokens">The input tokens that the request is expected to take.</param>
internal readonly record struct ModelRequest(List<ChatMessage> Messages, ChatOptions Options, long EstimatedTokens)
{
    /// <param name="prompt">The prompt.</param>
    /// <param name="endpoint">The model.</param>
    /// <param name="template">The prompt's templates with the arguments of the call.</param>
    /// <param name="repair">What is asked for again; null = the model is asked for the first time.</param>
    /// <param name="previous">The answer of an earlier step; null = none was rejected.</param>
    /// <param name="continuation">Asks for what follows the items that were handed over; null = the answer begins anew.</param>
    public static ModelRequest Create(
        PromptDefinition prompt, ModelEndpoint endpoint, IPromptTemplate template, RepairPrompt? repair, RejectedAnswer? previous = null, Continuation? continuation = null)
    {
        var model = endpoint.Model;
        var writer = PromptWriter.Rent(prompt.SchemaText, previous);
        template.Render(endpoint.Declared, writer);
        var messages = writer.Build();
        var (wroteSchema, tokens) = (writer.WroteSchema, (long)writer.EstimatedTokens);
        PromptWriter.Return(writer);
        var options = new ChatOptions
        {
            ModelId = model.Id,
            Temperature = model.AcceptsTemperature ? prompt.Temperature : null,
            MaxOutputTokens = ModelDefaults.OutputLimit(prompt.MaxOutputTokens, model.MaxOutputTokens),
        };

        if (prompt.Likelihoods is not null && (model.Features & ModelFeatures.LogProbabilities) != 0)
        {
            LogProbabilities.Ask(options);
        }

        if (!prompt.AnswersText)
        {
            tokens += prompt.SchemaRequest.AddTo(options, messages, prompt.SchemaFormat(model.Dialect), model, wroteSchema);
        }

        if (repair is not null)
        {
            tokens += repair.AppendTo(messages, template, prompt.SchemaText);
        }

        if (continuation is { } rest)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, rest.Delivered));
            messages.Add(new ChatMessage(ChatRole.User, rest.Request));
            tokens += TokenEstimator.Estimate(rest.Delivered) + ContinuationTokens.Instruction;
        }

        return new ModelRequest(messages, options, TokenEstimator.For(model, tokens));
    }
}
