namespace EventFunctions.Http;

/// <summary>Where operators' endpoints are.</summary>
public static class AdminRoutes
{
    /// <summary>The first segment of their routes: <c>admin</c>, so that they are found below <c>/api/admin/</c>.</summary>
    /// <remarks>
    /// The host on Azure keeps every route that begins with the word for itself and does not load the function, whatever the
    /// prefix (https://github.com/Azure/azure-functions-host/issues/1781). A parameter that can be nothing else serves the same addresses.
    /// </remarks>
    public const string Prefix = "{area:regex(^admin$)}/";
}
