using System.Text.Json.Serialization;

namespace PromptGen.Contracts.Repair;

/// <summary>What writes a text as JSON without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class RepairJson : JsonSerializerContext;
