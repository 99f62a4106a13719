using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>The serializer, taught what it does not know of itself: durations of ISO 8601, large integers, flags as arrays.</summary>
internal static class MatrixJson
{
    public static JsonSerializerOptions For(TestContract contract) => new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new Durations(), new LargeIntegers(), new Flags(), new Tuples(contract), new Abstracts(), new JsonStringEnumConverter() },
    };

    private sealed class Durations : Writer<TimeSpan>
    {
        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));
    }

    private sealed class LargeIntegers : Writer<BigInteger>
    {
        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString());
    }

    private sealed class Flags : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum && typeToConvert.IsDefined(typeof(FlagsAttribute), inherit: false);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(FlagsOf<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class FlagsOf<T> : Writer<T>
        where T : struct, Enum
    {
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var flag in Enum.GetValues<T>().Where(flag => Convert.ToInt64(flag) != 0 && value.HasFlag(flag)))
            {
                writer.WriteStringValue(flag.ToString());
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>The names of a tuple's elements exist at compile time only; the schema has them in order.</summary>
    private sealed class Tuples(TestContract contract) : JsonConverter<ITuple>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && typeToConvert.IsAssignableTo(typeof(ITuple));

        public override ITuple Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ITuple value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (i, member) in contract.Schema.GetProperty("properties").EnumerateObject().Index())
            {
                writer.WritePropertyName(member.Name);
                JsonSerializer.Serialize(writer, value[i], options);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>As what it is, rather than as what it is declared.</summary>
    private sealed class Abstracts : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert is { IsAbstract: true, IsClass: true, Namespace: "Acme" } && !typeToConvert.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false);

        public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }

    private abstract class Writer<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
