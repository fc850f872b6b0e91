namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The answer to a request: a status of HTTP, and a map.</summary>
/// <param name="Status">The status.</param>
/// <param name="Description">What it means, in words.</param>
/// <param name="Body">What was asked for.</param>
/// <param name="Condition">What went wrong, if something did.</param>
internal sealed record ManagementResponse(int Status, string Description, AmqpMap Body, string? Condition = null)
{
    /// <summary>Done, with nothing to tell.</summary>
    public static ManagementResponse Done { get; } = Ok([]);

    /// <summary>Done.</summary>
    public static ManagementResponse Ok(AmqpMap body) => new(200, "OK", body);

    /// <summary>There is nothing of the kind.</summary>
    public static ManagementResponse NoContent(AmqpMap body) => new(204, "No content.", body);

    /// <summary>It was not done.</summary>
    public static ManagementResponse Refused(AmqpError error) =>
        new(StatusOf(error.Condition), error.Description ?? error.Condition, [], error.Condition);

    /// <summary>Writes it as a message.</summary>
    /// <param name="correlationId">The id of the request, as it came.</param>
    /// <param name="replyTo">Where the peer wants it.</param>
    public ReadOnlyMemory<byte> ToMessage(object? correlationId, string replyTo)
    {
        var properties = new AmqpMap { { "statusCode", Status }, { "statusDescription", Description } };
        if (Condition is not null)
        {
            properties.Add("errorCondition", new AmqpSymbol(Condition));
        }

        return ReplyMessage.Write(correlationId, replyTo, properties, Body);
    }

    /// <summary>The status the service's clients expect with a condition.</summary>
    private static int StatusOf(string condition) => condition switch
    {
        ErrorCondition.NotFound or ErrorCondition.MessageNotFound => 404,
        ErrorCondition.MessageLockLost or ErrorCondition.SessionLockLost or ErrorCondition.SessionCannotBeLocked or ErrorCondition.Stolen => 410,
        ErrorCondition.EntityAlreadyExists => 409,
        ErrorCondition.ResourceLimitExceeded or ErrorCondition.MessageSizeExceeded => 403,
        ErrorCondition.UnauthorizedAccess or ErrorCondition.AuthorizationFailed => 401,
        ErrorCondition.NotImplemented => 501,
        ErrorCondition.ServerBusy => 503,
        ErrorCondition.Timeout => 408,
        ErrorCondition.InternalError => 500,
        _ => 400,
    };
}
