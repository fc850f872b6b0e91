using System.ComponentModel.DataAnnotations;

namespace EventFunctions.Composition;

/// <summary>How personal data is sealed: the section <c>PersonalData</c> of the settings.</summary>
public sealed record PersonalDataOptions : IValidatableObject
{
    /// <summary>Where the master key is.</summary>
    [Required]
    [EnumDataType(typeof(MasterKeyPlace))]
    public MasterKeyPlace? MasterKey { get; init; }

    /// <summary>The file of the master key, where it is in one; made at the first start, readable by its owner alone.</summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>The address of the key vault, where the master key is in one.</summary>
    public Uri? KeyVaultUri { get; init; }

    /// <summary>The client id of the user-assigned identity that may read the vault; the default identity where it is left out.</summary>
    public string? KeyVaultClientId { get; init; }

    /// <summary>The name of the vault's secret.</summary>
    [RegularExpression("^[0-9A-Za-z-]{1,127}$")]
    public string KeyVaultSecret { get; init; } = "personal-data-master-key";

    /// <summary>How long a person's key is kept in memory: that long an erasure takes to be true in every process. 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan KeyCacheTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many people's keys are kept in memory. 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int KeyCacheSize { get; init; } = 10_000;

    /// <summary>How many people's keys one request wraps anew after a rotation of the master key. 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int KeysPerStep { get; init; } = 500;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MasterKey == MasterKeyPlace.File && string.IsNullOrWhiteSpace(MasterKeyFile))
        {
            yield return new ValidationResult("Must name the file of the master key.", [nameof(MasterKeyFile)]);
        }
        if (MasterKey == MasterKeyPlace.KeyVault && KeyVaultUri is not { IsAbsoluteUri: true })
        {
            yield return new ValidationResult("Must be the address of the key vault.", [nameof(KeyVaultUri)]);
        }
    }
}

/// <summary>Where a master key is.</summary>
public enum MasterKeyPlace
{
    /// <summary>In this process, and gone with it: for a store that is gone with it too.</summary>
    Memory,

    /// <summary>In a file.</summary>
    File,

    /// <summary>In Azure Key Vault.</summary>
    KeyVault,
}
