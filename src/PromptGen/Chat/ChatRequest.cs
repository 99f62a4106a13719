using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Streaming;

namespace PromptGen.Chat;

/// <summary>
/// What an untyped caller wants sent. Each attempt gets its own copy: a client may change the messages and options that it is handed.
/// </summary>
internal sealed class ChatRequest : IRequestSource
{
    private readonly List<ChatMessage> _messages;
    private readonly PromptDefinition _route;
    private readonly ChatOptions? _options;
    private readonly ModelFeatures _needs;
    private readonly int _tokens;

    public ChatRequest(PromptDefinition route, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        _route = route;
        _messages = [.. messages];
        _options = options;
        _needs = options?.Tools is { Count: > 0 } ? ModelFeatures.Tools : ModelFeatures.None;
        var size = default(PromptSize);
        size.AddText(options?.Instructions);
        foreach (var message in _messages)
        {
            size.AddMessage();
            foreach (var content in message.Contents)
            {
                _needs |= Add(ref size, content);
            }
        }

        _tokens = size.Tokens;
    }

    /// <summary>Enters the route where the rules say.</summary>
    /// <returns>The first step to take; null where the call may not go on.</returns>
    public PromptStep? Enter(StepRunner steps, ChatRules? rules)
    {
        if (rules is null || _route.Route.Count == 0)
        {
            return steps.Enter();
        }

        var entry = new RouteEntry(_route.Route[0]);
        var message = _messages.FindLast(static message => message.Role == ChatRole.User);
        rules(message?.Text ?? "", message?.Contents.FirstOrDefault(static content => content is DataContent or UriContent), ref entry);
        return steps.Enter(entry);
    }

    public string? WhyNot(ModelInfo model)
    {
        var missing = _needs & ~model.Features;
        return missing == ModelFeatures.None ? null : $"lacks {missing}";
    }

    ModelRequest IRequestSource.Render(ModelEndpoint endpoint, Continuation? continuation) => Render(endpoint);

    public ModelRequest Render(ModelEndpoint endpoint)
    {
        var model = endpoint.Model;
        var options = _options?.Clone() ?? new ChatOptions();
        options.ModelId = model.Id;
        SetSampling(options, model);
        options.MaxOutputTokens = ModelDefaults.OutputLimit(options.MaxOutputTokens ?? _route.MaxOutputTokens, model.MaxOutputTokens);
        var messages = new List<ChatMessage>(_messages.Count);
        foreach (var message in _messages)
        {
            var copy = message.Clone();
            copy.Contents = [.. message.Contents];
            messages.Add(copy);
        }

        var tokens = _tokens;
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            tokens += new SchemaRequest(schema.GetRawText()).AddTo(options, messages, options.ResponseFormat, model, wroteSchema: false);
        }

        return new ModelRequest(messages, options, TokenEstimator.For(model, tokens));
    }

    /// <summary>
    /// Sets the temperature. A model that accepts none would refuse the request, so its sampling options are removed: the caller does not know
    /// which model of the route answers.
    /// </summary>
    private void SetSampling(ChatOptions options, ModelInfo model)
    {
        if (model.AcceptsTemperature)
        {
            options.Temperature ??= _route.Temperature;
        }
        else
        {
            (options.Temperature, options.TopP, options.TopK) = (null, null, null);
        }
    }

    private static ModelFeatures Add(ref PromptSize size, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                size.AddText(text.Text);
                return ModelFeatures.None;
            case DataContent data:
                size.AddMedia();
                return Feature(data.MediaType);
            case UriContent uri:
                size.AddMedia();
                return Feature(uri.MediaType);
            case FunctionResultContent { Result: string result }:
                size.AddText(result);
                return ModelFeatures.None;
            default:
                return ModelFeatures.None;
        }
    }

    private static ModelFeatures Feature(string mediaType) =>
        mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? ModelFeatures.Vision
        : mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? ModelFeatures.Audio
        : ModelFeatures.None;
}
