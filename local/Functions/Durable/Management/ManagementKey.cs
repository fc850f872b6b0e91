using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>
/// The system key of the extension, <c>durabletask_extension</c>. The host takes it from the query parameter <c>code</c> or from the
/// header <c>x-functions-key</c>. Without a key everybody is let in, as by the Core Tools, which ask for none.
/// </summary>
internal sealed class ManagementKey(LocalFunctionsOptions options)
{
    private const string Header = "x-functions-key";
    private const string Parameter = "code";

    private readonly byte[]? _key = string.IsNullOrEmpty(options.DurableTaskKey) ? null : Encoding.UTF8.GetBytes(options.DurableTaskKey);

    /// <summary>What management addresses carry of it, with a separator before; empty if there is no key.</summary>
    public string Query { get; } = string.IsNullOrEmpty(options.DurableTaskKey)
        ? string.Empty
        : $"&{Parameter}={Uri.EscapeDataString(options.DurableTaskKey)}";

    /// <summary>Whether a request has the key. The comparison takes the same time wherever the first difference is.</summary>
    public bool Permits(HttpRequest request)
    {
        if (_key is null)
        {
            return true;
        }

        var given = request.Query.TryGetValue(Parameter, out var code) ? code.ToString() : request.Headers[Header].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _key);
    }
}
