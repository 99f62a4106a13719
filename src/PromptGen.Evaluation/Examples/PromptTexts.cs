using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>
/// Finds what the callers of a prompt have passed in the messages that were sent: a router sees the arguments of a call, and not the template around them. What all messages of a prompt to one
/// model begin and end with is its template.
/// </summary>
internal sealed class PromptTexts
{
    private readonly Dictionary<(string Prompt, string Model), Template> _templates = [];

    /// <summary>Adds the messages of a request.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="model">The model: some have templates of their own.</param>
    /// <param name="request">The messages, as <see cref="CallAttempt.Request"/>.</param>
    public Place Add(string prompt, string model, string request)
    {
        if (!_templates.TryGetValue((prompt, model), out var template))
        {
            _templates.Add((prompt, model), template = new Template());
        }

        using var document = JsonDocument.Parse(request);
        string[] messages = [.. document.RootElement.EnumerateArray().Select(static message => message.GetProperty("content").GetString() ?? "")];
        template.Add(messages);
        return new Place(template, messages);
    }

    /// <summary>The messages of one request.</summary>
    internal readonly record struct Place(Template Template, string[] Messages)
    {
        /// <summary>The arguments in them, once all requests were added; empty where they cannot be distinguished from the template.</summary>
        public string Input => Template.InputOf(Messages);
    }

    /// <summary>What all requests have in common, message by message.</summary>
    internal sealed class Template
    {
        private readonly List<(string First, int Prefix, int Suffix)> _common = [];

        public void Add(string[] messages)
        {
            for (var i = 0; i < messages.Length; i++)
            {
                var text = messages[i];
                if (i == _common.Count)
                {
                    _common.Add((text, text.Length, text.Length));
                    continue;
                }

                var (first, prefix, suffix) = _common[i];
                _common[i] = (first, Math.Min(prefix, first.AsSpan().CommonPrefixLength(text)), Math.Min(suffix, CommonSuffixLength(first, text)));
            }
        }

        public string InputOf(string[] messages) => string.Join('\n', messages.Select(Variable).Where(static text => text.Length > 0));

        private string Variable(string text, int message)
        {
            var (_, prefix, suffix) = _common[message];
            return prefix + suffix >= text.Length ? "" : text[prefix..^suffix];
        }

        private static int CommonSuffixLength(string one, string other)
        {
            var length = 0;
            while (length < one.Length && length < other.Length && one[^(length + 1)] == other[^(length + 1)])
            {
                length++;
            }

            return length;
        }
    }
}
