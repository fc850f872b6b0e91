using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Ordering;

/// <summary>Who leads an order through its steps; settled when it is placed, so that a change of the setting splits no order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderFlow>))]
public enum OrderFlow
{
    /// <summary>The order saga.</summary>
    [JsonStringEnumMemberName("Orchestration")]
    Orchestration = 0,

    /// <summary>Handlers that react to each other's events.</summary>
    [JsonStringEnumMemberName("Choreography")]
    Choreography = 1,
}
