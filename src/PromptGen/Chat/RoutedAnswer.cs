using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace PromptGen.Chat;

/// <summary>
/// The account of a routed answer, among the answer's properties. It refers to the answer, so a cache in front of the route could not write it:
/// in JSON it is null, and an answer out of a cache has no account, since no request was made for it.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class RoutedAnswer(PromptResult<ChatResponse> result)
{
    public PromptResult<ChatResponse> Result { get; } = result;

    internal sealed class Converter : JsonConverter<RoutedAnswer>
    {
        public override RoutedAnswer? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return null;
        }

        public override void Write(Utf8JsonWriter writer, RoutedAnswer value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
