using System.Text.Json;
using System.Text.Json.Serialization;

namespace Acme.Support.Tickets;

/// <summary>Reads tickets without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<Ticket>))]
internal sealed partial class TicketJson : JsonSerializerContext;
